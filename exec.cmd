@rem What `exec` is in a shell, for the script `start` of package.json: cmd.exe has no such word.
@%*
