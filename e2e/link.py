"""A poor line in front of the server: a TCP relay with a round trip, a rate and an uneven delay. Browser
throttling skips what this sees."""

import asyncio
import random
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Line:
    """Round trip in ms, rate in kbit/s for each direction, and by how many ms a delay may differ."""

    rtt: float = 0
    rate: float = 1_000_000
    jitter: float = 0


async def _carry(line: Line, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Bytes leave after half a round trip; each piece also takes its time on the wire."""
    chance, queue, loop = random.Random(5), asyncio.Queue(), asyncio.get_running_loop()

    async def deliver() -> None:
        while piece := await queue.get():
            at, data = piece
            await asyncio.sleep(max(0, at - loop.time()))
            writer.write(data)
            await writer.drain()
        writer.close()

    delivering, free = asyncio.create_task(deliver()), loop.time()
    try:
        # One packet a read, as on a real line.
        while data := await reader.read(1460):
            free = max(free, loop.time()) + len(data) * 8 / 1000 / line.rate
            await queue.put((free + line.rtt / 2000 + chance.random() * line.jitter / 1000, data))
            await asyncio.sleep(max(0, free - loop.time() - 0.2))
    except OSError:
        pass
    await queue.put(None)
    await asyncio.gather(delivering, return_exceptions=True)


@contextmanager
def poor_line(url: str, line: Line):
    """Gives the address of the same server as seen over that line."""
    target = urlsplit(url)
    loop, ready, found = asyncio.new_event_loop(), threading.Event(), {}

    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(line.rtt / 1000)
        far_reader, far_writer = await asyncio.open_connection(target.hostname, target.port)
        await asyncio.gather(
            _carry(line, reader, far_writer), _carry(line, far_reader, writer), return_exceptions=True
        )

    async def serve() -> None:
        server = await asyncio.start_server(meet, "127.0.0.1", 0)
        found["port"], found["stop"] = server.sockets[0].getsockname()[1], asyncio.Event()
        ready.set()
        await found["stop"].wait()
        server.close()
        carrying = asyncio.all_tasks() - {asyncio.current_task()}
        for task in carrying:
            task.cancel()
        await asyncio.gather(*carrying, return_exceptions=True)

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()), daemon=True)
    thread.start()
    ready.wait()
    try:
        yield f"http://127.0.0.1:{found['port']}"
    finally:
        loop.call_soon_threadsafe(found["stop"].set)
        thread.join(5)
        loop.close()
