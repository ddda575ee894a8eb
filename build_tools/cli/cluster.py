"""`--cluster`: the departments of a build compiled by the workers of a Dask cluster, which see the same folders under
the same names.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

from build_tools.engine import GeneratorError

SECONDS = 10
MISSING = "--cluster 要用到 distributed，还没有安装：在安装明账的环境里运行 pip install 'distributed'"


@contextmanager
def executor_at(address: str) -> Iterator[Executor | None]:
    """What the workers of the scheduler at this address are asked through; None where no address is given. Raises
    GeneratorError.
    """
    if not address:
        yield None
        return
    try:
        from distributed import Client
    except ImportError:
        raise GeneratorError(MISSING) from None
    try:
        client = Client(address, timeout=SECONDS)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise GeneratorError(
            f"连不上 Dask 调度器 {address}：核对地址（如 tcp://10.0.0.5:8786），确认 dask scheduler 已经启动（{error}）"
        ) from None
    with client:
        yield client.get_executor()  # type: ignore[no-untyped-call]
