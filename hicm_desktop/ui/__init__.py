"""Windows, tabs, the matrix, panels and dialogs: thin views of the open workshop."""
