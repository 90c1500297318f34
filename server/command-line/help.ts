export const help = `Folio: a chat workspace that you own.

folio [FOLDER]                          open the folder (default: ~/Folio) and print the link to its page
  --port N                              listen on this port (0: any free one)
  --host ADDRESS                        listen on this address (default: 127.0.0.1)
  --no-open                             do not open the browser
folio conversation parse FILE… --json   print conversations as JSON, one a line
folio conversation write [--json]       write conversations from such JSON on standard input
folio conversation merge BASE OURS THEIRS   merge driver for git
folio conversation unused [FOLDER]      list long texts beside conversations that nothing names any more; --trash
folio log list [FOLDER]                 print the task log (default for each FOLDER: the current one)
folio log check [FOLDER]                is the log whole, and was it rewritten? exit code 1 when not or when so
folio log append [FOLDER] --agent NAME --summary TEXT [--output-file PATH]…
folio log repair [FOLDER]               make a broken log whole; what it was is kept beside it
folio log merge BASE OURS THEIRS        merge driver for git
folio roster list [FOLDER]              print the agents of the roster
folio proposals list [FOLDER]           print the proposed tasks
folio agents run NAME [FOLDER] --goal TEXT   run an agent; --accept writes what it proposes
folio runs replay ID [FOLDER]           ask a recorded run again and compare
folio documents lint [FOLDER]           what templates and models left in the documents
folio --version
folio --help

log, roster, proposals and documents print JSON with --json, and work beside a running server; docs/codex.md tells more.
Settings come from the environment too: docs/configuration.md lists them.
`;
