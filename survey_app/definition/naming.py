"""What instruments and their versions may be called: light, so that commands ask it at once."""

import re

NAME = re.compile(r"[a-z][a-z0-9-]{0,62}")
VERSION = re.compile(r"(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})\.(0|[1-9][0-9]{0,5})")
