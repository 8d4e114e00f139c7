# This room has no public pages: every key is for workers.
