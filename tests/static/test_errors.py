"""CallError: the document that callers read."""

from static.errors import CallError, Fault


def test_a_plain_error_has_a_code_and_a_message_only() -> None:
    error = CallError(404, "not_found", "no such route")
    assert error.document() == {
        "error": {"code": "not_found", "message": "no such route"}
    }
    assert str(error) == "no such route"
    assert error.faults == ()


def test_faults_and_a_waiting_time_rounded_up() -> None:
    error = CallError(
        400,
        "invalid_input",
        "bad",
        retry_after=0.2,
        faults=[Fault("/body/type", "must be a string")],
    )
    assert error.document() == {
        "error": {
            "code": "invalid_input",
            "message": "bad",
            "faults": [{"pointer": "/body/type", "message": "must be a string"}],
            "retryAfter": 1,
        }
    }
