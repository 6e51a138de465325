"""One training step per line on standard input; each answers with the seconds and the CPU seconds that it took,
the end with the peak of resident memory in bytes."""

import argparse
import resource
import sys
import time

import torch
from se_densenet import NETWORKS, se_densenet

arguments = argparse.ArgumentParser()
arguments.add_argument("network", choices=NETWORKS)
arguments.add_argument("size", type=int)
arguments.add_argument("batch", type=int)
arguments.add_argument("--classes", type=int, default=10)
arguments.add_argument("--efficient", action="store_true")
arguments.add_argument("--channels-last", action="store_true")
arguments = arguments.parse_args()

torch.manual_seed(1)
network = se_densenet(**NETWORKS[arguments.network], classes=arguments.classes, efficient=arguments.efficient).train()
images = torch.randn(arguments.batch, 3, arguments.size, arguments.size)
if arguments.channels_last:
    network, images = network.to(memory_format=torch.channels_last), images.to(memory_format=torch.channels_last)
labels = torch.arange(arguments.batch) % arguments.classes
adam = torch.optim.Adam(network.parameters(), lr=1e-4)
print("runtime Python, PyTorch", torch.__version__, flush=True)
for _ in sys.stdin:
    begun, begun_cpu = time.perf_counter(), time.process_time()
    adam.zero_grad()
    loss = torch.nn.functional.cross_entropy(network(images), labels)
    loss.backward()
    adam.step()
    loss.item()
    print("step", time.perf_counter() - begun, time.process_time() - begun_cpu, flush=True)
print("peak", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024, flush=True)
