"""Who gets past the door of every route."""

PEOPLE = ["stranger", "patient", "other", "practitioner", "masseur", "reception", "manager"]

# Who gets past the door of each route with GET. Everyone else: a stranger is asked to sign in,
# a signed-in person gets "not found". "anyone" counts the stranger in.
ANYONE = set(PEOPLE)
SIGNED_IN = ANYONE - {"stranger"}
PATIENTS = {"patient", "other"}
CLINICAL = {"practitioner", "masseur"}
FRONT_DESK = CLINICAL | {"reception"}
STAFF = SIGNED_IN - PATIENTS
TABLE = {
    "landing": ANYONE,
    "home": SIGNED_IN,
    "healthz": ANYONE,
    "look": ANYONE,  # only POST does anything
    "language": ANYONE,  # likewise
    "demo:mailbox": set(),  # there only in the demo
    "demo:gallery": STAFF,
    "submission:start": ANYONE,
    "submission:paper": ANYONE,
    "submission:begin": PATIENTS,
    "submission:tasks": {"patient"},
    "submission:check": {"patient"},
    "submission:send": PATIENTS,  # only POST does anything; whose form it is, is asked there
    "submission:sent": {"patient"},
    "submission:copy": {"patient"},
    "submission:change": {"patient"},
    "submission:drop_change": {"patient"},
    "submission:last_list": {"patient"},
    "submission:last_block": {"patient"},
    "submission:withdraw": {"patient"},
    "submission:emergency": set(),  # nothing urgent was answered: not found for anyone
    "submission:page": {"patient"},
    "submission:sure": {"patient"},
    "submission:put_back": PATIENTS,  # only POST does anything; whose form it is, is asked there
    "submission:medicine_add": {"patient"},
    "submission:medicine": {"patient"},
    "submission:medicine_name": {"patient"},
    "submission:medicine_remove": {"patient"},
    "submission:back_test": {"manager"},
    "review:queue": CLINICAL,
    "review:next": CLINICAL,
    "review:arrivals": CLINICAL,
    "review:away": CLINICAL,
    "review:put_back": CLINICAL,
    "review:look_again": CLINICAL,
    "review:hand_over": CLINICAL,
    "review:note": CLINICAL,
    "review:mark": CLINICAL,  # only POST does anything
    "review:take_alert": CLINICAL,  # only POST does anything
    "review:case": CLINICAL,
    "review:decide": CLINICAL,  # only POST does anything
    "review:keep": CLINICAL,  # likewise
    "review:take_back": CLINICAL,  # likewise
    "review:ask_colleague": CLINICAL,  # likewise
    "review:call_off": CLINICAL,  # likewise
    "review:revision": CLINICAL,
    "review:newer_rules": CLINICAL,
    "review:decision": CLINICAL,
    "review:step": CLINICAL,  # likewise
    "review:alert": CLINICAL,
    "review:ask": CLINICAL,
    "review:ask_phone": CLINICAL,  # only POST does anything
    "review:ask_again": CLINICAL,  # likewise
    "review:questions": {"patient"},
    "review:questions_stop": set(),  # nothing urgent was answered: not found for anyone
    "review:news": {"patient"},
    "home:me": PATIENTS,
    "home:messages": PATIENTS,
    "home:forms": PATIENTS,
    "home:happened": PATIENTS,
    "home:signed": {"patient"},
    "home:add_person": PATIENTS,
    "referral:letters": CLINICAL,
    "referral:of_form": CLINICAL,
    "referral:letter": CLINICAL,
    "referral:edit": CLINICAL,
    "referral:send": CLINICAL,  # likewise
    "referral:reply": CLINICAL,  # likewise
    "referral:mine": PATIENTS,
    "referral:mine_one": {"patient"},
    "booking:choose": PATIENTS,
    "booking:visits": PATIENTS,
    "booking:visit": {"patient"},
    "booking:cancel": {"patient"},
    "booking:diary": FRONT_DESK,
    "booking:waiting": FRONT_DESK,
    "booking:book_for": FRONT_DESK,
    "booking:staff_visit": FRONT_DESK,
    "booking:staff_cancel": FRONT_DESK,
    "account_request_login_code": ANYONE,
    "account_confirm_login_code": SIGNED_IN,  # nothing to confirm: sent home
    "account_login": ANYONE,
    "account_logout": ANYONE,
    "account_inactive": ANYONE,
    "account_signup": ANYONE,  # says that it is closed
    "account_reset_password": ANYONE,
    "account_reset_password_done": ANYONE,
    "account_reset_password_from_key": ANYONE,  # says that this link does not work
    "account_reset_password_from_key_done": ANYONE,
    "account_reauthenticate": STAFF,
    "account_change_password": STAFF,
    "account_set_password": STAFF,
    "mfa_index": STAFF,
    "mfa_authenticate": SIGNED_IN,  # nothing to check: sent home
    "mfa_reauthenticate": STAFF,
    "mfa_activate_totp": STAFF,
    "mfa_deactivate_totp": STAFF,
    "mfa_view_recovery_codes": STAFF,
    "mfa_generate_recovery_codes": STAFF,
    "mfa_download_recovery_codes": STAFF,
    "hide_screen": STAFF,  # only POST does anything
    "usersessions_list": SIGNED_IN,
}
DOORS = ("/account/code/", "/account/staff/")
