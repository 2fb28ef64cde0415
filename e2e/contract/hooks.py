"""What the document cannot say in JSON Schema, said to schemathesis."""

import os

import schemathesis
from hypothesis import strategies as st

# 8 characters to 72 BYTES: JSON Schema counts characters only, so the fuzzer keeps to one byte each.
schemathesis.openapi.format(
    "password", st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=8, max_size=72)
)

# The account and the table that this run is signed in with, whose end would be its own, and what is used below.
OWN = set(os.environ["CONTRACT_OWN"].split(","))
NOBODY = "00000000-0000-7000-8000-000000000000"


def whole(value):
    """JSON Schema calls 6.0 a whole number; the server takes only 6."""
    if isinstance(value, dict):
        return {key: whole(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [whole(inner) for inner in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


@schemathesis.hook
def before_call(context, case, kwargs):
    # Whoever signs out is somebody else than the manager whose token this run needs to the end.
    if case.path.startswith("/api/admin/auth/logout"):
        for headers in (case.headers, kwargs.get("headers")):
            if headers and "Authorization" in headers:
                headers["Authorization"] = "Bearer " + os.environ["CONTRACT_LEAVER"]
    path = case.path_parameters or {}
    if case.method in ("PUT", "DELETE") and path.get("id") in OWN:
        path["id"] = NOBODY
    if case.meta is None or not case.meta.generation.mode.is_positive:
        return
    if "name" in path:
        path["name"] = os.environ["CONTRACT_PICTURE"]
    body = case.body = whole(case.body)
    if not isinstance(body, dict):
        return
    # A dish goes into a category that exists; a made-up one is a wrong field.
    if "category_id" in body:
        body["category_id"] = os.environ["CONTRACT_CATEGORY"]
    # An order of a dish that is on the menu is placed, at today's prices; others end as `cart_changed`.
    for line in body.get("items", []):
        line["menu_id"] = os.environ["CONTRACT_MENU"]
        line.pop("options", None)
    body.pop("expected_total", None)
