"""SE-DenseNet-BC in plain PyTorch, as the peer that trainings are compared with.

DenseNet-BC: Huang et al. 2017, arXiv 1608.06993. Squeeze-and-excitation: Hu et al. 2018, arXiv 1709.01507.
efficient=True recomputes each layer's concatenation, norm and ReLU: Pleiss et al. 2017, arXiv 1707.06990.
"""

import torch
from torch import nn
from torch.utils.checkpoint import checkpoint


class SqueezeExcitation(nn.Module):
    def __init__(self, channels, reduction=16):
        super().__init__()
        units = max(1, channels // reduction)
        self.fc = nn.Sequential(
            nn.Linear(channels, units, bias=False), nn.ReLU(), nn.Linear(units, channels, bias=False), nn.Sigmoid()
        )

    def forward(self, x):
        return x * self.fc(x.mean((2, 3)))[:, :, None, None]


class DenseLayer(nn.Module):
    def __init__(self, channels, growth, efficient):
        super().__init__()
        self.norm1, self.conv1 = nn.BatchNorm2d(channels), nn.Conv2d(channels, 4 * growth, 1, bias=False)
        self.norm2, self.conv2 = nn.BatchNorm2d(4 * growth), nn.Conv2d(4 * growth, growth, 3, padding=1, bias=False)
        self.se = SqueezeExcitation(growth)
        self.efficient = efficient

    def bottleneck(self, *maps):
        return self.conv1(torch.relu(self.norm1(torch.cat(maps, 1))))

    def forward(self, maps):
        if self.efficient:
            x = checkpoint(self.bottleneck, *maps, use_reentrant=False)
        else:
            x = self.bottleneck(*maps)
        return self.se(self.conv2(torch.relu(self.norm2(x))))


class DenseBlock(nn.Module):
    def __init__(self, layers, channels, growth, efficient):
        super().__init__()
        self.layers = nn.ModuleList(DenseLayer(channels + i * growth, growth, efficient) for i in range(layers))

    def forward(self, x):
        maps = [x]
        for layer in self.layers:
            maps.append(layer(maps))
        return torch.cat(maps, 1)


def se_densenet(growth, blocks, initial, small, classes, efficient=False):
    if small:
        parts = [nn.Conv2d(3, initial, 3, padding=1, bias=False)]
    else:
        parts = [nn.Conv2d(3, initial, 7, 2, 3, bias=False), nn.BatchNorm2d(initial), nn.ReLU(), nn.MaxPool2d(3, 2, 1)]
    channels = initial
    for i, layers in enumerate(blocks):
        parts.append(DenseBlock(layers, channels, growth, efficient))
        channels += layers * growth
        if i < len(blocks) - 1:
            parts += [nn.BatchNorm2d(channels), nn.ReLU(), nn.Conv2d(channels, channels // 2, 1, bias=False), nn.AvgPool2d(2)]
            channels //= 2
    parts += [nn.BatchNorm2d(channels), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(channels, classes)]
    return nn.Sequential(*parts)


NETWORKS = {
    "se-densenet-121": dict(growth=32, blocks=(6, 12, 24, 16), initial=64, small=False),
    "se-densenet-bc-100-12": dict(growth=12, blocks=(16, 16, 16), initial=24, small=True),
    "se-densenet-light": dict(growth=12, blocks=(4, 4, 4), initial=16, small=True),
}
