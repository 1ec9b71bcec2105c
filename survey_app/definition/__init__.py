"""The core: what an instrument is. It knows WTForms and YAML, but no web, database or plots."""
