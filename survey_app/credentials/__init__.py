"""What somebody of the staff proves who they are with: passwords, codes, and how often one may try.

It knows no request and no database.
"""
