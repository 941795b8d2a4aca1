"""Events: the event file, methods, timetable."""
