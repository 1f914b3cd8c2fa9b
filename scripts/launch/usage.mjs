// @ts-check

/** What `--help` prints: of the whole, and of each command. */
export const usage = Object.freeze({
  run: `Bulkhead: a desktop laboratory for inter-process communication

Usage:
  bulkhead [run] [options] [-- SWITCHES]
                               start the app; the first start sets up what is missing
  bulkhead bench [options]     measure the methods against one another, without a window
  bulkhead load [options]      post records over messaging systems, and see what each keeps
  bulkhead serve [options]     answer messages, in one terminal …
  bulkhead ping [options]      … and send them from another, and measure the answers
  bulkhead route ROLE [options]
                               one program of a route, here or on another machine
  bulkhead COMMAND --help      the options of bench, load, serve, ping or route
  bulkhead --help              this text
  bulkhead --version           versions of Bulkhead and of the runtime it uses

Options of run:
  --headless          no window: a live table in the terminal (chosen by itself without a display)
  --duration SECONDS  end by itself after so many seconds
  --export DIR        write the recording and its exports there at the end;
                      made if missing (headless default: ./exports)
  --rate N            pings per second and channel, 1 to 1000
  --payload BYTES     bytes in every ping, 0 to 32768
  --stages            see where the time of every ping goes: recording, CSV and trace have its stages
  --profile DIR       use another profile folder, so that a second instance can run
  -- SWITCHES         switches for Chromium, such as --enable-logging or --ozone-platform=x11
`,

  bench: `bulkhead bench: measure round trips between two processes, beside the kernel alone

Usage:
  bulkhead bench                                   every method available here, one table
  bulkhead bench -n 1000 --method tcp              one method, and its distribution
  bulkhead bench --method unix-dgram,fifo --size 64,1024,65536 --placement same-core --rounds 5 --json out.json
  bulkhead bench --rate 1000 --duration 10 --method unix-dgram --hgrm DIR --csv out.csv
  bulkhead bench --threshold 'unix-dgram.p99<500us' --threshold 'fifo.p50<200us'

What is measured:
  --method A,B        methods, by name, or all; a wrong name lists them (default: all)
  --route A,B         between which kinds of process, the pinging one first, or all; a wrong one lists a method's
                      (default: its first; of all methods, all of them)
  --size A,B          bytes in every message, 0 to 1MiB (64, 1KiB, 1MiB; default: 64)
  -n, --cycles N      closed loop: so many cycles of each run, over all rounds (default: 10000)
  --rate N            open loop instead: so many messages per second, whatever became of those before, 1 to 10000
  --duration SECONDS  … for so long, over all rounds (default: 10)
  --rounds N          rounds, taken in turn by all methods (default: 3)
  --warmup N          cycles before each round that don't count (default: 1000); an open loop then also has as many
                      of its own, for 1 s at most
  --placement WHERE   free, same-core or cross-core (default: free)
  --io WHO            native: the addon reads and writes sockets and pipes, where it is there; node: Node.js alone
                      (default: native)
  --thread WHERE      main: in each process's main thread, as most applications do; worker: in a worker thread, which
                      is woken without Chromium's event loop; kernel transports between plugins only (default: main)
  --timeout MS        a message without an answer is lost after so long (default: 2000)
  --anatomy           where the time of typical and slow messages goes: a stage for each thread and call on the way
  --no-floor          don't measure the kernel floor beside each run

What comes out:
  --json FILE         results as JSON (docs/bench.schema.json)
  --csv FILE          every message, one row each
  --hgrm DIR          percentile distributions as HdrHistogram prints them, in µs, one file for each run
  --html FILE         a report: answers, plots and tables on one page that opens by itself
  --trace FILE        a timeline of the newest messages for Perfetto's UI (ui.perfetto.dev)
                      One FILE may be -, standard output, with nothing else on it
  --threshold LIMIT   METHOD.METRIC<VALUE, may be repeated. Metrics: min, p50, p90, p99, p99.9, max, mean, stdev.
                      Units: ns, us, ms, s. Holds for every size and route measured

Ctrl+C prints what was measured so far. Exit codes: 0 good; 1 a threshold failed, messages were lost where
the method promises delivery, a run broke off or was saturated, or results could not be printed or written; 2 wrong
arguments; 3 a method that was asked for is unavailable; 130 interrupted.
`,

  load: `bulkhead load: post records over messaging systems, and count by id what became of each

Usage:
  bulkhead load --routes http,grpc
  bulkhead load --routes nats,rabbitmq --users 50 --spawn-rate 10 --file traffic.json --json out.json --csv DIR --html report.html
  bulkhead load --routes nats --mode nats=jetstream --rate 500 --loop --duration 30 --threshold 'nats.p95<50ms'
  bulkhead load --serve --routes nats              start the routes, and count what anybody posts

What is posted:
  --routes A,B        routes, by name; a wrong name lists them; all: every one that can be had (default: all)
  --mode ROUTE=MODE   a way of using a route, may be repeated; a wrong one lists them (default: each route's first)
  --users N           so many users: each posts, waits for the answer, then a while (default: 50)
  --spawn-rate N      … of whom so many come each second (default: 10)
  --wait FROM-TO      … who wait so many seconds between two posts (default: 0.2-0.9)
  --rate N            instead of users: so many posts per second, whatever becomes of those before
  --distribute HOW    all: each record over every route; balance: over one of them, in turn (default: all)
  --file FILE         a JSON list of records like resources/traffic.json (default: that one, 1,000 records);
                      a bad record is named by its line and left out
  --loop              post the records over and over, not each once; ends by --duration or Ctrl+C
  --duration SECONDS  no new posts after so long
  --max-in-flight N   posts without an answer at most, on each route (default: 500)
  --engine WHO        embedded; or locust: the real Locust posts, with users (default: embedded)
  --workers N         … over so many processes of it (default: 0, one does it alone)

What comes out:
  --json FILE         results as JSON (docs/load.schema.json)
  --csv DIR           statistics, history and failures, with the columns of Locust's files
  --html FILE         a report: what each route kept, charts and tables on one page that opens by itself
                      One FILE may be -, standard output, with nothing else on it
  --threshold LIMIT   ROUTE.METRIC<VALUE, end to end, or ROUTE.response.METRIC<VALUE; may be repeated.
                      Metrics: min, p50, p90, p95, p99, max. Units: us, ms, s

  --serve             post nothing: start routes and collector, print their URLs, count what comes, until stopped
  --port N            … the collector listens on this port, and the routes on those behind it (default: free ones)

Servers are started for it and end with it; BULKHEAD_NATS_URL and BULKHEAD_AMQP_URL name those that run elsewhere.
Ctrl+C stops posting, waits for what is on its way and prints the results. Exit codes: 0 good; 1 a threshold failed or
could not be checked, a message was lost where the route promises delivery, or results could not be written; 2 wrong
arguments; 3 a route that was named can't be had; 130 interrupted.
`,

  serve: `bulkhead serve: answer every message at once, until stopped

Usage:
  bulkhead serve --method unix-dgram --path /tmp/b.sock
  bulkhead serve --method tcp --port 7000

Options:
  --method NAME       unix-dgram, unix-stream, fifo, tcp, tcp-delay, tcp6, udp or udp6
  --path PATH         where it listens, for the first three; fifo makes PATH and PATH.reply, for one client at a time
  --port N            port of the loopback interface, for the others; 0 is any free one

It says where it listens and how to stop it, and removes its path at the end. A path that somebody else serves is
left alone; one whose server is gone is taken over. Exit codes: 0 stopped; 1 the place is taken; 2 wrong arguments;
3 it can't listen there.
`,

  ping: `bulkhead ping: send messages to a bulkhead serve, one at a time, and measure each answer

Usage:
  bulkhead ping --method unix-dgram --path /tmp/b.sock -n 100000 --out results.json

Options:
  --method NAME       as the server's
  --path PATH         where the server listens, or
  --port N            … on which port of the loopback interface
  -n, --cycles N      messages (default: 1000)
  --size BYTES        bytes in every message (default: 64)
  --warmup N          messages before that don't count (default: 100)
  --timeout MS        a message without an answer is lost after so long (default: 2000)
  --out FILE          write the results there, every round trip among them (docs/bench.schema.json);
                      - is standard output, with nothing else on it

Ctrl+C ends it with what was measured so far. Exit codes: 0 good; 1 messages were lost where the method promises
delivery, the server went away, or results could not be printed or written; 2 wrong arguments; 3 nobody serves there; 130 interrupted.
`,

  route: `bulkhead route: one program of a route over a messaging system, as a plain Node.js process on any machine

Usage:
  bulkhead route collector [--host H] [--port N]           counts what arrives
  bulkhead route server --route R [--mode M]               the system's server, where Bulkhead can start one
  bulkhead route subscriber --route R --url U --collector C
                                                           takes messages off and posts them to the collector
  bulkhead route receiver --route R --url U [--host H] [--port N]
                                                           takes POST / with a record and hands it on

Options:
  --route R       http, grpc, nats, rabbitmq or pubsub; a collector counts those of all
  --mode M        nats: core or jetstream; grpc: unary, client-stream or bidirectional;
                  pubsub: embedded, emulator or cloud (default: nats core, grpc unary, pubsub what is there)
  --url U         where the system is: nats://HOST:4222 (several with a comma between them), amqp://USER:PASSWORD@HOST,
                  pubsub://HOST:PORT or pubsub://google-cloud/PROJECT, for a receiver of grpc HOST:PORT of its subscriber.
                  Without it BULKHEAD_NATS_URL, BULKHEAD_AMQP_URL, PUBSUB_EMULATOR_HOST or BULKHEAD_PUBSUB_PROJECT
  --collector C   the collector's URL, http://HOST:PORT/ (for a subscriber, and for the receiver of http)
  --host H        listen on this address; without it on the loopback interface only. Nobody is asked who they are
  --port N        listen on this port (default: a free one, which is printed)
  --folder DIR    server: keep its files there (default: a temporary folder, removed at the end)

The first line says where it is. Ctrl+C ends it in order; the last line is what it has done, as JSON.
Exit codes: 0 ended as asked; 1 it could not start, or its server ended; 2 wrong arguments; 70 an error of its own.
`,
});
