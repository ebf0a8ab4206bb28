"""The register as it was: any past day or moment, read from history; docs/decisions tell the rule."""
