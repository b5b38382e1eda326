# concurrent.futures with processes and threads, a queue, a lock, shared memory, a pipe.
import multiprocessing
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import shared_memory


def times(pair):
    return pair[0] * pair[1]


if __name__ == "__main__":
    a, b = map(int, input().split())
    with ProcessPoolExecutor(2) as pool:
        parts = list(pool.map(times, [(a, 7919), (b, 104729)]))
    memory = shared_memory.SharedMemory(create=True, size=64)
    memory.buf[:8] = sum(parts).to_bytes(8, "little")
    total = int.from_bytes(memory.buf[:8], "little")
    memory.close()
    memory.unlink()
    queue = multiprocessing.Queue()
    with ThreadPoolExecutor(3) as threads:
        threads.submit(queue.put, total % 1000003)
    print(queue.get())
