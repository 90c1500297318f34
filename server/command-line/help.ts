export const help = `Folio: a chat workspace that you own.

folio [FOLDER]                          open the folder (default: ~/Folio) and print the link to its page
  --port N                              listen on this port (0: any free one)
  --host ADDRESS                        listen on this address (default: 127.0.0.1)
  --no-open                             do not open the browser
folio conversation parse FILE… --json   print conversations as JSON, one a line
folio conversation write [--json]       write conversations from such JSON on standard input
folio --version
folio --help

Settings come from the environment too: docs/configuration.md lists them.
`;
