"""Slots that take chunks from the queue and have them judged behind walls."""
