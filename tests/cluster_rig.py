"""A Dask cluster of two worker processes on this machine; as a program it runs until it is let go.

It prints its address and the process ids of its workers, and ends with its standard input.
"""

from __future__ import annotations

import json
import os
import sys

from ttx.extras import need


def main() -> None:
    distributed = need("distributed", "cluster")

    with (
        distributed.LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            dashboard_address=None,
            silence_logs=50,
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        pids = list(client.run(os.getpid).values())
        print(json.dumps({"address": cluster.scheduler_address, "pids": pids}), flush=True)  # noqa: T201  # to whoever started it
        sys.stdin.read()


if __name__ == "__main__":  # workers are spawned, and import this again
    main()
