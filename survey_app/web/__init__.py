"""The web pages: one module for each user, templates beside them."""
