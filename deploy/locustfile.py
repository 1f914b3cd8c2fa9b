"""Posts records to the receivers of Bulkhead's routes, each record once over all workers.

Settings come from the environment, the same for master and workers:

  BULKHEAD_TARGETS     path=URL of each receiver, with a space between them: "nats=http://127.0.0.1:4001/"
  BULKHEAD_TRAFFIC     the file with the records (default: resources/traffic.json of this repository)
  BULKHEAD_DISTRIBUTE  balance (default): each record to one receiver, in turn; all: each record to every receiver
  BULKHEAD_LOOP        1: from the beginning again after the last record
  BULKHEAD_WAIT        seconds that a user waits between two posts, "0.2 0.9" (default)
  BULKHEAD_DURATION    seconds after which nothing more is posted, if the records don't end before
  BULKHEAD_RUN         names the run at the collector (default: locust)
  BULKHEAD_READER      constant (default), or searching: as project 3 read its records, for comparison

Alone:        locust -f deploy/locustfile.py --headless -u 50 -r 10
Distributed:  locust -f deploy/locustfile.py --headless --master --expect-workers 2 -u 50 -r 10
              locust -f deploy/locustfile.py --worker        (twice, on any machine)

It ends by itself after the last answer. SIGUSR1 to the master, or to the only process, ends it early in the same order.
"""

import json
import os
import random
import signal
import sys
import time
from pathlib import Path

import gevent
import gevent.event
import locust.runners
import locust.stats
from locust import FastHttpUser, between, events, task
from locust.exception import StopUser
from locust.runners import MasterRunner, WorkerRunner

# Debian's package has no version, and a master sends workers without one away.
if not locust.runners.__version__:
    locust.runners.__version__ = "2.12.1"

# Once a second, so that the history can be followed while it is written, and tells one second from the next: otherwise
# workers report every 3 s, tables come out every 10 s, and percentiles are of the last 10 s.
locust.runners.WORKER_REPORT_INTERVAL = 1.0
locust.stats.CSV_STATS_FLUSH_INTERVAL_SEC = 0
locust.stats.CURRENT_RESPONSE_TIME_PERCENTILE_WINDOW = 2

# What workers report and what the tables are written from comes a second late each: before both nothing may end.
SETTLE_S = 5


def targets():
    pairs = os.environ.get("BULKHEAD_TARGETS", "http=http://127.0.0.1:4001/").split()
    return [tuple(pair.split("=", 1)) for pair in pairs]


def load_records():
    default = Path(__file__).resolve().parent.parent / "resources" / "traffic.json"
    name = os.environ.get("BULKHEAD_TRAFFIC", default)
    try:
        with open(name, encoding="utf-8") as file:
            return json.load(file)
    except (OSError, ValueError) as error:
        # Locust would go on without.
        sys.exit(f"{name} can't be read as a list of records: {error}")


def clock_id():
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return "another-clock"


class ConstantReader:
    """The next record of this worker's share: every `count`th, from `index`. Takes the same time for each."""

    def __init__(self, records, loop):
        self.records = records
        self.loop = loop
        self.index = 0
        self.count = 1
        self.taken = 0

    def share(self, index, count):
        self.index = index
        self.count = count

    def next(self):
        """The record and its number, which no other worker gives; None after the last."""
        number = self.index + self.taken * self.count
        if number >= len(self.records) and not self.loop:
            return None
        self.taken += 1
        return number, self.records[number % len(self.records)]


class SearchingReader(ConstantReader):
    """Picks at random and looks in the list of those that it has given whether it was there already, as project 3 did."""

    def __init__(self, records, loop):
        super().__init__(records, False)
        self.given = []

    def next(self):
        share = range(self.index, len(self.records), self.count)
        if len(self.given) >= len(share):
            return None
        number = random.choice(share)
        while number in self.given:
            number = random.choice(share)
        self.given.append(number)
        return number, self.records[number]


class Load:
    """What this process posts, and when it is through with it."""

    def __init__(self):
        kind = SearchingReader if os.environ.get("BULKHEAD_READER") == "searching" else ConstantReader
        self.reader = kind(load_records(), os.environ.get("BULKHEAD_LOOP") == "1")
        self.targets = targets()
        self.to_all = os.environ.get("BULKHEAD_DISTRIBUTE") == "all"
        self.run = os.environ.get("BULKHEAD_RUN", "locust")
        self.clock = clock_id()
        self.enough = False
        self.in_flight = 0
        self.through = gevent.event.Event()

    def next(self):
        taken = None if self.enough else self.reader.next()
        if taken is None:
            self.enough = True
            self.settle()
        return taken

    def settle(self):
        if self.enough and self.in_flight == 0:
            self.through.set()

    def stop(self):
        self.enough = True
        self.settle()


# A master reads nothing; its workers do.
load = None


class Poster(FastHttpUser):
    first, last = os.environ.get("BULKHEAD_WAIT", "0.2 0.9").split()
    wait_time = between(float(first), float(last))
    host = targets()[0][1]

    @task
    def post(self):
        taken = load.next()
        if taken is None:
            raise StopUser()
        number, record = taken
        chosen = load.targets if load.to_all else [load.targets[number % len(load.targets)]]
        load.in_flight += 1
        try:
            for path, url in chosen:
                self.post_to(path, url, number, json.dumps(record))
        finally:
            load.in_flight -= 1
            load.settle()

    def post_to(self, path, url, number, body):
        headers = {
            "Content-Type": "application/json",
            # The collector tells messages apart by it, and how long each was on its way.
            "bulkhead-message": f"{load.run} {number} {time.monotonic_ns()} {load.clock}",
        }
        with self.client.post(url, data=body, headers=headers, name=path, catch_response=True) as response:
            if response.status_code == 202:
                response.success()
            elif response.status_code == 0:
                response.failure(f"no answer: {response.error}")
            else:
                response.failure(f"{response.status_code}: {reason_in(response.text)}")


def reason_in(text):
    try:
        return json.loads(text)["error"]
    except (TypeError, ValueError, KeyError):
        return "no reason given"


@events.init.add_listener
def prepare(environment, **_):
    global load
    runner = environment.runner
    if runner is None:
        return
    if not isinstance(runner, MasterRunner):
        load = Load()
    if isinstance(runner, WorkerRunner):
        runner.register_message("share", lambda environment, msg, **_: begin_share(runner, msg.data))
        runner.register_message("enough", lambda environment, msg, **_: load.stop())
    if isinstance(runner, MasterRunner):
        through = set()
        runner.register_message("through", lambda environment, msg, **_: one_through(runner, through, msg.data))


def begin_share(runner, share):
    load.reader.share(share["index"], share["count"])

    def tell():
        load.through.wait()
        runner.send_message("through", {"index": share["index"]})

    gevent.spawn(tell)


def one_through(runner, through, data):
    through.add(data["index"])
    if len(through) >= runner.bulkhead_shares:
        gevent.spawn_later(SETTLE_S, runner.quit)


@events.test_start.add_listener
def begin(environment, **_):
    runner = environment.runner
    if isinstance(runner, WorkerRunner):
        return
    if isinstance(runner, MasterRunner):
        # Sent before the users are: a worker has its share when its first user asks.
        workers = list(runner.clients.ready)
        runner.bulkhead_shares = len(workers)
        for index, worker in enumerate(workers):
            runner.send_message("share", {"index": index, "count": len(workers)}, worker.id)
        stop = lambda: runner.send_message("enough")
    else:
        stop = load.stop

        def wait():
            load.through.wait()
            gevent.sleep(SETTLE_S)
            runner.quit()

        gevent.spawn(wait)
    gevent.signal_handler(signal.SIGUSR1, stop)
    if os.environ.get("BULKHEAD_DURATION"):
        gevent.spawn_later(float(os.environ["BULKHEAD_DURATION"]), stop)
