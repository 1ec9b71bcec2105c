"""survey-app: an instrument is written once and delivered as a web form and as a probe sheet."""

__version__ = "0.1.0"
