/** Writing ONNX: a graph that operations write their nodes into, and the file. */
package io.ocellus.network.onnx;
