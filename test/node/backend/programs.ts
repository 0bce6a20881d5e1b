/** Puts its process down in the folder `pids`, as every program below does. */
const NOTE = `import os, sys, signal, time
def note():
    open(os.path.join("pids", str(os.getpid())), "w").close()
note()
`;

const SERVE = `from http.server import BaseHTTPRequestHandler, HTTPServer
STATUS = 200
WAIT = 0
class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        time.sleep(WAIT)
        body = b'{"paths": {"/health": {"get": {}}}}' if self.path == "/openapi.json" else b'{"status": "ok"}'
        self.send_response(STATUS)
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *args): pass
def serve():
    HTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
`;

/** Serves only once its child is what it will be: a child that is still on its way would end when asked. */
const fork = (child: string): string => `${NOTE}${SERVE}
ready, tell = os.pipe()
if os.fork() == 0:
    ${child.replaceAll('\n', '\n    ')}
    note()
    os.write(tell, b"x")
    time.sleep(1000)
os.read(ready, 1)
serve()
`;

/** Backends of every sort that makes trouble; each is a module of its name. */
export const programs = {
  good: `${NOTE}${SERVE}serve()\n`,
  exits: `${NOTE}print("no database", file=sys.stderr)\nsys.exit(3)\n`,
  broken: `${NOTE}import nothing_of_this_name\n`,
  hangs: `${NOTE}print("waiting")\ntime.sleep(1000)\n`,
  deaf: `${NOTE}signal.signal(signal.SIGTERM, signal.SIG_IGN)\nprint("deaf")\ntime.sleep(1000)\n`,
  unwell: `${NOTE}${SERVE}STATUS = 500\nserve()\n`,
  slow: `${NOTE}${SERVE}WAIT = 0.1\nserve()\n`,
  loud: `${NOTE}${SERVE}sys.stdout.write(("x" * 99 + "\\n") * 30000)\nserve()\n`,
  // Its child goes with it when the group is asked to end.
  parent: fork('pass'),
  // Its child does not mind being asked.
  leaves: fork('signal.signal(signal.SIGTERM, signal.SIG_IGN)'),
  // Its child would end if it were asked, but is in no group of ours any more.
  daemon: fork('os.setsid()'),
  // The same, and it does not mind being asked.
  escapes: fork('os.setsid()\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)'),
} as const;

export type ProgramName = keyof typeof programs;
