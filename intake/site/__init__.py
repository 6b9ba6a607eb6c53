"""The pages above the rooms: start page, notices, desk, first steps, upkeep."""
