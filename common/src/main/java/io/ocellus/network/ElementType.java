package io.ocellus.network;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The element types of weights that are read, by safetensors' names; all become float32. What is
 * written is {@code F32} and {@code I64}.
 */
public enum ElementType {
  F64(8, "Double") {
    @Override
    float get(ByteBuffer bytes) {
      return (float) bytes.getDouble();
    }
  },
  F32(4, "Float") {
    @Override
    float get(ByteBuffer bytes) {
      return bytes.getFloat();
    }
  },
  F16(2, "Half") {
    @Override
    float get(ByteBuffer bytes) {
      return half(bytes.getShort());
    }
  },
  BF16(2, "BFloat16") {
    @Override
    float get(ByteBuffer bytes) {
      return Float.intBitsToFloat(bytes.getShort() << 16);
    }
  },
  I64(8, "Long") {
    @Override
    float get(ByteBuffer bytes) {
      return bytes.getLong();
    }
  },
  I32(4, "Int") {
    @Override
    float get(ByteBuffer bytes) {
      return bytes.getInt();
    }
  },
  I16(2, "Short") {
    @Override
    float get(ByteBuffer bytes) {
      return bytes.getShort();
    }
  },
  I8(1, "Char") {
    @Override
    float get(ByteBuffer bytes) {
      return bytes.get();
    }
  },
  U8(1, "Byte") {
    @Override
    float get(ByteBuffer bytes) {
      return bytes.get() & 0xff;
    }
  },
  BOOL(1, "Bool") {
    @Override
    float get(ByteBuffer bytes) {
      return bytes.get() == 0 ? 0 : 1;
    }
  };

  private static final int CHUNK = 8192;

  private final int size;
  private final String torch;

  ElementType(int size, String torch) {
    this.size = size;
    this.torch = torch;
  }

  /** Bytes of one element. */
  public int size() {
    return size;
  }

  /** PyTorch's class of storages of such elements, below the module {@code torch}. */
  public String torchStorage() {
    return torch + "Storage";
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
      if (this == I64) {
        bytes.putLong((long) value);
      } else {
        bytes.putFloat(value);
      }
    }
    return bytes.flip();
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
