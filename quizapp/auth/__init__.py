"""Who may enter the teachers' room: signing in and out, passwords, invitations, accounts."""
