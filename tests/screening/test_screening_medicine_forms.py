"""Creams, patches and drips; several medicines in one product; one name for two medicines."""

import pytest
from medicine_lists import classes_in, entry, found_in, raised, states
from screening_documents import all_at, levels, screened

CREAMS = [
    ("hydrocortisone", "steroid_systemic", "local_use"),
    ("fluorouracil", "chemo", "local_use"),
    ("tacrolimus", "immunosuppressant", "local_use"),
    ("tretinoin", "retinoid", "local_use"),
    ("adapalene", "retinoid", "local_use"),
    ("budesonide", "steroid_systemic", "local_use"),
    ("betamethasone", "steroid_systemic", "topical_steroid"),
]
FORMS = ["1% cream", "ointment", "0.1 % gel", "eye drops", "nasal spray", "inhaler 2 puffs bd"]


@pytest.mark.parametrize(("name", "general", "on_skin"), CREAMS)
class TestUsedOnTheSkinOrInhaled:
    @pytest.mark.parametrize("form", FORMS)
    def test_the_general_row_does_not_hold(self, name, general, on_skin, form):
        assert classes_in(f"{name} {form}") == {on_skin}

    @pytest.mark.parametrize("form", ["", "10 mg", "tablets", "injection", "capsules 3 mg"])
    def test_but_does_in_any_other_form(self, name, general, on_skin, form):
        assert classes_in(f"{name} {form}") == {general}

    def test_both_hold_when_both_are_written(self, name, general, on_skin):
        assert classes_in(f"{name} tablets and {name} cream") == {general, on_skin}
        assert classes_in(f"{name} tablets or cream") == {general, on_skin}

    def test_a_cream_after_a_comma_takes_nothing_away(self, name, general, on_skin):
        assert general in classes_in(f"{name} 10 mg, also some cream")

    def test_nor_does_a_cream_in_what_it_is_for(self, name, general, on_skin):
        assert classes_in(f"{name} 10 mg because the cream failed") == {general}


@pytest.mark.parametrize("brand", ["Protopic", "Efudix", "Efudex", "Retin-A", "Pulmicort"])
def test_some_brands_are_always_on_the_skin_or_inhaled(brand):
    assert raised(brand)["medicine_local_use"]["levels"] == all_at("note")


PATCHES = ["Butrans", "Durogesic 25", "Evorel 50", "Neupro", "Nitro-Dur", "Scopoderm", "Evra"]


class TestPatches:
    @pytest.mark.parametrize("brand", PATCHES)
    def test_a_brand_of_patches_is_a_patch(self, brand):
        flag = raised(brand)["medicine_patch"]

        assert flag["levels"] == levels("note", "note", "caution", "caution")

    @pytest.mark.parametrize(
        ("name", "code"),
        [
            ("buprenorphine", "strong_sedatives"),
            ("fentanyl", "strong_sedatives"),
            ("estradiol", "medicine_oestrogen"),
            ("GTN", "medicine_nitrate_angina"),
            ("clonidine", "medicine_bp_medicine"),
        ],
    )
    def test_a_patch_is_found_beside_what_it_holds(self, name, code):
        assert set(raised(f"{name} patch 10")) == {code, "medicine_patch"}
        assert set(raised(f"{name}, as a patch")) == {code, "medicine_patch"}
        assert set(raised(f"{name} 10")) == {code}

    @pytest.mark.parametrize("name", ["lidocaine", "methylphenidate", "oxybutynin"])
    def test_some_medicines_matter_as_a_patch_only(self, name):
        assert set(raised(f"{name} patches 5%")) == {"medicine_patch"}
        assert screened(medicines=[f"{name} 5"])["flags"] == []

    def test_rivastigmine_and_rotigotine_tell_of_the_illness_too(self):
        assert {"medicine_patch", "medicine_dementia"} <= set(raised("Exelon"))
        assert {"medicine_patch", "medicine_parkinson"} <= set(raised("Neupro"))

    def test_a_patch_of_something_unknown_is_a_patch(self):
        assert states("my zzyx patch") == {
            "medicine_patch": "uncertain",
            "medicine_unrecognised": "active",
        }


class TestMethotrexate:
    @pytest.mark.parametrize("text", ["methotrexate 15 mg weekly", "Metoject pen 20 mg"])
    def test_weekly_lowers_immunity(self, text):
        assert set(raised(text)) == {"immune_suppressed"}

    @pytest.mark.parametrize("text", ["methotrexate drip", "methotrexate infusion at hospital"])
    def test_by_drip_is_chemotherapy_too(self, text):
        assert set(raised(text)) == {"immune_suppressed", "cancer_treatment_current"}


class TestSeveralInOneProduct:
    @pytest.mark.parametrize(
        ("product", "ingredients"),
        [
            ("Xultophy", {"insulin degludec": "insulin", "liraglutide": "diabetes_other"}),
            ("Ryzodeg", {"insulin degludec": "insulin", "insulin aspart": "insulin"}),
            ("Suboxone 8 mg", {"buprenorphine": "opioid"}),
            ("Targin", {"oxycodone": "opioid"}),
            ("Percocet", {"oxycodone": "opioid"}),
            ("co-codamol 30/500", {"codeine": "opioid"}),
            ("Tylenol with codeine", {"codeine": "opioid"}),
            ("Stalevo 100", {"levodopa": "parkinson"}),
            ("Nurofen Plus", {"ibuprofen": "nsaid", "codeine": "opioid"}),
            (
                "Glucovance",
                {"metformin": "diabetes_other", "glibenclamide": "sulfonylurea_glinide"},
            ),
            ("Namzaric", {"donepezil": "dementia", "memantine": "dementia"}),
            ("Symbyax", {"olanzapine": "antipsychotic", "fluoxetine": "ssri_snri"}),
            ("Rifinah", {"rifampicin": "tb", "isoniazid": "tb"}),
        ],
    )
    def test_counts_once_for_each(self, product, ingredients):
        assert found_in(product) == {(name, c, "active") for name, c in ingredients.items()}

    @pytest.mark.parametrize("product", ["Asasantin Retard", "Aggrenox", "DuoPlavin"])
    def test_two_antiplatelets_in_one_are_two(self, product):
        flag = raised(product)["antiplatelet_dual"]

        assert flag["levels"] == levels("caution", "caution", "note", "caution")
        assert len(flag["because"]) == 2


class TestCartia:
    def test_alone_may_be_either(self):
        result = screened(medicines=["Cartia 100"])

        assert states("Cartia 100") == {
            "antiplatelet_single": "uncertain",
            "medicine_bp_medicine": "uncertain",
        }
        offer = ["acetylsalicylic acid", "diltiazem"]
        assert result["did_you_mean"] == [{"text": "Cartia 100", "offer": offer}]

    def test_xt_is_diltiazem(self):
        assert found_in("Cartia XT 120mg") == {("diltiazem", "bp_medicine", "active")}
        assert entry("Cartia XT").either == ()

    def test_with_aspirin_may_be_the_same_aspirin(self):
        assert "antiplatelet_dual" not in raised("Cartia", "aspirin")

    def test_with_clopidogrel_may_be_two(self):
        assert states("Cartia", "clopidogrel")["antiplatelet_dual"] == "uncertain"
