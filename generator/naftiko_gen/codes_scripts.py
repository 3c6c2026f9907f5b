"""The codes of script steps, in the form of the tables in ``codes``."""

__all__ = ["SCRIPTS"]

SCRIPTS = """
E311 a script is not allowed to run
    A script is code from the capability that runs on the server, so that a build with one
    needs your word: read the script, then build, check and diff with '--allow-scripts'.
    A control adapter that says 'scripting.enabled: false' forbids it as well.
E312 a script in a language that there is no engine for
    Scripts in Python and JavaScript can run; Groovy needs a Java machine. Write the
    script in one of these languages.
E313 a script step that does not say what to run
    A step needs the language and the folder of its script, from itself or from
    'defaultLanguage' and 'defaultLocation' of the control adapter, whose
    'allowedLanguages' must name the language. Add what the message names.
E314 a script that cannot be parsed
    Scripts are parsed when the package is built, so that a mistake shows here and not in
    a call. Correct the script at the place shown.
"""
