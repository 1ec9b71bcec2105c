"""Where the addresses are registered by which the staff come in and leave."""

from flask import Blueprint

blueprint = Blueprint("access", __name__)
