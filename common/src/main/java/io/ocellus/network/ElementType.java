package io.ocellus.network;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The element types of weights that are read, by safetensors' names; all become float32. What is
 * written is {@code F32}, {@code I64} and, for a graph that computes in it, {@code BF16}.
 */
public enum ElementType {
  F64(8, "Double", 7) {
    @Override
    float get(ByteBuffer bytes) {
      return (float) bytes.getDouble();
    }
  },
  F32(4, "Float", 6) {
    @Override
    float get(ByteBuffer bytes) {
      return bytes.getFloat();
    }
  },
  F16(2, "Half", 5) {
    @Override
    float get(ByteBuffer bytes) {
      return half(bytes.getShort());
    }
  },
  BF16(2, "BFloat16", 15) {
    @Override
    float get(ByteBuffer bytes) {
      return Float.intBitsToFloat(bytes.getShort() << 16);
    }
  },
  I64(8, "Long", 4) {
    @Override
    float get(ByteBuffer bytes) {
      return bytes.getLong();
    }
  },
  I32(4, "Int", 3) {
    @Override
    float get(ByteBuffer bytes) {
      return bytes.getInt();
    }
  },
  I16(2, "Short", 2) {
    @Override
    float get(ByteBuffer bytes) {
      return bytes.getShort();
    }
  },
  I8(1, "Char", 1) {
    @Override
    float get(ByteBuffer bytes) {
      return bytes.get();
    }
  },
  U8(1, "Byte", 0) {
    @Override
    float get(ByteBuffer bytes) {
      return bytes.get() & 0xff;
    }
  },
  BOOL(1, "Bool", 11) {
    @Override
    float get(ByteBuffer bytes) {
      return bytes.get() == 0 ? 0 : 1;
    }
  };

  private static final int CHUNK = 8192;

  private final int size;
  private final String torch;
  private final int scalarType;

  ElementType(int size, String torch, int scalarType) {
    this.size = size;
    this.torch = torch;
    this.scalarType = scalarType;
  }

  /** Bytes of one element. */
  public int size() {
    return size;
  }

  /** PyTorch's class of storages of such elements, below the module {@code torch}. */
  public String torchStorage() {
    return torch + "Storage";
  }

  /** PyTorch's number of it, {@code c10::ScalarType}. */
  int scalarType() {
    return scalarType;
  }

  abstract float get(ByteBuffer bytes);

  float[] decode(ByteBuffer bytes) {
    float[] values = new float[bytes.remaining() / size];
    for (int i = 0; i < values.length; i++) {
      values[i] = get(bytes);
    }
    return values;
  }

  /**
   * Reads little-endian elements.
   *
   * @param count how many; the caller has made sure that there can be as many
   * @throws EOFException where there are fewer
   */
  public float[] decode(InputStream in, int count) throws IOException {
    float[] values = new float[count];
    for (int done = 0; done < count; ) {
      int next = Math.min(CHUNK, count - done);
      byte[] bytes = in.readNBytes(next * size);
      if (bytes.length < next * size) {
        throw new EOFException("it ends in the middle of a tensor");
      }
      ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      for (int end = done + next; done < end; done++) {
        values[done] = get(buffer);
      }
    }
    return values;
  }

  ByteBuffer encode(float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(values.length, size)).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      switch (this) {
        case I64 -> bytes.putLong((long) value);
        case BF16 -> bytes.putShort(bfloat16(value));
        default -> bytes.putFloat(value);
      }
    }
    return bytes.flip();
  }

  /** The upper half of a float, rounded to the nearest, ties to even. */
  private static short bfloat16(float value) {
    int bits = Float.floatToIntBits(value);
    return (short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16);
  }

  /** IEEE 754 binary16: sign, five bits of exponent with bias 15, ten bits of fraction. */
  private static float half(short bits) {
    int sign = (bits & 0x8000) << 16;
    int exponent = bits >> 10 & 0x1f;
    int fraction = bits & 0x3ff;
    if (exponent == 0) {
      return Math.copySign(fraction * 0x1p-24f, Float.intBitsToFloat(sign | 1));
    }
    int widened = exponent == 0x1f ? 0xff : exponent + 127 - 15;
    return Float.intBitsToFloat(sign | widened << 23 | fraction << 13);
  }
}
