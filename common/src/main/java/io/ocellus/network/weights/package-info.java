/**
 * Weights that come from elsewhere: reading them as PyTorch's users publish them, and fitting them
 * to a network of ours.
 */
package io.ocellus.network.weights;
