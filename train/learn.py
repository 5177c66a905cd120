"""One logistic regression for each topic, with numpy alone: Adam over all texts at once, no chance in it."""

from dataclasses import dataclass

import numpy as np

from train.vectors import Matrix

_STEPS = 400
_RATE = 0.02
_DECAY_1, _DECAY_2 = 0.9, 0.999


@dataclass(frozen=True, slots=True, kw_only=True)
class Examples:
    """Rows of features; `labels` is 1 where the text has the topic; `weights` is 0 where nobody knows."""

    features: Matrix
    labels: Matrix
    weights: Matrix


def fit(examples: Examples, penalty: float) -> tuple[Matrix, Matrix]:
    """Directions (features x topics) and biases that make the labels likely; `penalty` keeps the directions short."""
    x = np.concatenate([examples.features, np.ones((len(examples.features), 1), np.float32)], axis=1)
    weights = np.zeros((x.shape[1], examples.labels.shape[1]), np.float32)
    weights[-1] = -2.0
    free = np.full((x.shape[1], 1), penalty, np.float32)
    free[-1] = 0.0
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, _STEPS + 1):
        error = (1 / (1 + np.exp(-(x @ weights))) - examples.labels) * examples.weights
        slope = x.T @ error / len(x) + free * weights
        mean = _DECAY_1 * mean + (1 - _DECAY_1) * slope
        square = _DECAY_2 * square + (1 - _DECAY_2) * slope**2
        weights -= _RATE * (mean / (1 - _DECAY_1**step)) / (np.sqrt(square / (1 - _DECAY_2**step)) + 1e-8)
    return weights[:-1], weights[-1]
