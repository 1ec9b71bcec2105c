"""Letters to people: their texts and placeholders, the message, and handing it to a mail server.

It knows no request and no query, and reaches nothing but the one server of the settings.
"""
