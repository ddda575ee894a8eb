"""Programs that keep the project's own documents true; not part of what a district installs."""
