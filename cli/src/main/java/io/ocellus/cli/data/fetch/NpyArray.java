package io.ocellus.cli.data.fetch;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An array of whole numbers as NumPy saves it (<a
 * href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">NPY format</a>,
 * versions 1 to 3), read row by row along its first dimension, so that it need not fit into memory.
 */
final class NpyArray implements Closeable {
  private static final String MAGIC = "\u0093NUMPY";
  private static final int MOST_HEADER = 1 << 16;
  private static final Pattern TYPE = Pattern.compile("'descr':\\s*'([<>|=])([ui])([1248])'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order':\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape':\\s*\\(([0-9, ]*)\\)");

  private final DataInputStream in;
  private final List<Integer> shape;
  private final int width;
  private final boolean signed;
  private final ByteOrder order;
  private int rowsRead;

  /** Reads the header. */
  NpyArray(InputStream stream) throws IOException {
    in = new DataInputStream(stream);
    String header = header();
    Matcher type = find(TYPE, header, "whole numbers");
    Matcher fortran = find(ORDER, header, "an order");
    shape = shape(find(SHAPE, header, "a shape").group(1));
    order = type.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    signed = type.group(2).equals("i");
    width = Integer.parseInt(type.group(3));
    if (fortran.group(1).equals("True") && shape.size() > 1) {
      throw new IOException("Its array is saved column by column; save it in C order");
    }
    if (shape.isEmpty()) {
      throw new IOException("Its array has no dimensions");
    }
  }

  private String header() throws IOException {
    byte[] magic = in.readNBytes(8);
    if (magic.length < 8 || !new String(magic, 0, 6, StandardCharsets.ISO_8859_1).equals(MAGIC)) {
      throw new IOException("It is no array of NumPy");
    }
    int length =
        magic[6] == 1
            ? Short.toUnsignedInt(Short.reverseBytes(in.readShort()))
            : Integer.reverseBytes(in.readInt());
    if (length < 0 || length > MOST_HEADER) {
      throw new IOException("Its header of %,d bytes is too long".formatted(length));
    }
    byte[] header = in.readNBytes(length);
    if (header.length < length) {
      throw new EOFException("The data ends too early");
    }
    return new String(header, StandardCharsets.UTF_8);
  }

  private static Matcher find(Pattern pattern, String header, String what) throws IOException {
    Matcher matcher = pattern.matcher(header);
    if (!matcher.find()) {
      throw new IOException("Its array is not of %s: %s".formatted(what, header.strip()));
    }
    return matcher;
  }

  private static List<Integer> shape(String text) throws IOException {
    try {
      return Stream.of(text.split(",", -1))
          .map(String::strip)
          .filter(extent -> !extent.isEmpty())
          .map(Integer::valueOf)
          .toList();
    } catch (NumberFormatException e) {
      throw new IOException("Its shape (%s) is too large".formatted(text), e);
    }
  }

  /** Its extents. */
  List<Integer> shape() {
    return shape;
  }

  /** Whether its numbers are bytes from 0 to 255. */
  boolean isBytes() {
    return width == 1 && !signed;
  }

  /** The next row, all its numbers one after the other, as they are stored. */
  byte[] nextRow() throws IOException {
    if (++rowsRead > shape.get(0)) {
      throw new EOFException("There are no more rows");
    }
    long size = width;
    for (int extent : shape.subList(1, shape.size())) {
      size = Math.multiplyExact(size, extent);
    }
    byte[] row = in.readNBytes(Math.toIntExact(size));
    if (row.length < size) {
      throw new EOFException("The data ends too early");
    }
    return row;
  }

  /** The numbers of the next row. */
  long[] nextNumbers() throws IOException {
    byte[] row = nextRow();
    long[] numbers = new long[row.length / width];
    Arrays.setAll(numbers, i -> number(row, i * width));
    return numbers;
  }

  private long number(byte[] row, int at) {
    ByteBuffer buffer = ByteBuffer.wrap(row, at, width).order(order);
    return switch (width) {
      case 1 -> signed ? buffer.get() : Byte.toUnsignedInt(buffer.get());
      case 2 -> signed ? buffer.getShort() : Short.toUnsignedInt(buffer.getShort());
      case 4 -> signed ? buffer.getInt() : Integer.toUnsignedLong(buffer.getInt());
      default -> buffer.getLong();
    };
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
