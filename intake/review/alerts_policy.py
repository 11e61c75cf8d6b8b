"""What an urgent answer asks of the person who calls, and what they should know beside it."""

ACTIONS = {
    "R0": "Help now: call at once. Make sure an ambulance, or the line they were told to call, "
    "has been called. Stay on the phone until help is with them.",
    "R1": "Contact today: call today, and make sure a doctor or an urgent care line hears of it "
    "today. If it gets worse on the phone, it is an emergency.",
}
"""By urgency; what happened and who was spoken to is noted on the same page."""

_BLEEDING = (
    "anticoagulant_use",
    "anticoagulant_unstable",
    "antiplatelet_single",
    "antiplatelet_dual",
    "bleeding_disorder",
    "low_platelets",
    "low_platelets_severe",
    "liver_disease",
)
_CANCER = ("cancer_active", "cancer_treatment_current", "cancer_past", "bone_metastases")
_CLOTS = ("dvt_current", "dvt_past", "clot_risk_recent", "thrombophilia", "surgery_recent")
_HEART = ("recent_heart_event", "heart_disease_stable", "heart_failure", "arrhythmia")
_INFECTION = ("immune_suppressed", "neutropenia", "long_term_steroid", "diabetes", "central_line")
_BONES = ("osteoporosis", "osteoporosis_fracture", "long_term_steroid", "frailty_older")
_PREGNANT = (
    "pregnancy_t1",
    "pregnancy_t2_t3",
    "pregnancy_term",
    "pregnancy_high_risk",
    "pregnancy_possible",
    "postpartum",
)
_SUGAR = ("diabetes", "diabetes_low_sugar_risk", *_PREGNANT)
_MOOD = ("low_mood_thoughts", "psychosis_mania", "anxiety_panic", "unsafe_home")
_SPINE = (*_CANCER, "neck_instability_risk", "spine_surgery_past", "spinal_cord_injury")

RELATED = {
    "em_chest_pain": (*_HEART, *_CLOTS, "pneumothorax_past", "em_after_needling_chest"),
    "em_breathless": (*_CLOTS, *_HEART, "lung_disease", "pneumothorax_past"),
    "em_after_needling_chest": ("pneumothorax_past", "lung_disease", *_HEART),
    "em_collapse": (*_HEART, "aneurysm_known", "epilepsy_uncontrolled", "epilepsy_controlled"),
    "em_stroke": (*_BLEEDING, "stroke_tia_recent", "arrhythmia", "bp_very_high"),
    "em_thunderclap": (*_BLEEDING, "bp_very_high", "aneurysm_known", "headache_new_or_changed"),
    "em_headache_fever": (*_INFECTION, "fever_now", "skull_defect_or_shunt"),
    "em_neck_artery": ("neck_instability_risk", "acute_injury", "stroke_tia_recent"),
    "em_head_injury": (*_BLEEDING, "concussion_recent"),
    "em_seizure": ("epilepsy_controlled", "epilepsy_uncontrolled", *_PREGNANT),
    "em_cauda_equina": _SPINE,
    "em_two_leg_signs": _SPINE,
    "em_cord_cancer": _SPINE,
    "em_rapid_weakness": (*_SPINE, "nerve_root_signs"),
    "em_spine_infection": (*_INFECTION, "bone_joint_infection", "injection_recent"),
    "em_sepsis": _INFECTION,
    "em_cancer_fever": (*_CANCER, *_INFECTION, "stem_cell_transplant"),
    "em_hot_joint": (*_INFECTION, "bone_joint_infection", "metal_implant"),
    "em_spreading_skin": (*_INFECTION, "skin_infection", "lymphoedema"),
    "em_dvt": (*_CLOTS, *_CANCER, *_PREGNANT),
    "em_cold_limb": ("arterial_disease", "arrhythmia"),
    "em_tight_swelling": (*_BLEEDING, "acute_injury", "fracture_recent", "surgery_recent"),
    "em_bleeding": (*_BLEEDING, *_PREGNANT),
    "em_aneurysm": ("aneurysm_known", "bp_very_high"),
    "em_acute_abdomen": (*_PREGNANT, "abdominal_pain_undiagnosed"),
    "em_fracture": _BONES,
    "em_pregnancy": (*_PREGNANT, "bp_very_high", "bp_raised"),
    "em_ectopic": (*_PREGNANT, "fertility_treatment"),
    "em_low_sugar": _SUGAR,
    "em_high_sugar": _SUGAR,
    "em_overdose": _MOOD,
    "em_suicide": _MOOD,
    "em_acute_mental": _MOOD,
}
"""Urgent answer -> findings of the form that change what it means. The project's own default, and
it awaits a clinician's signature."""
