package io.ocellus.network;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The element types that are read; what is written is {@code F32} and {@code I64}. */
enum SafetensorsType {
  F64(8) {
    @Override
    float get(ByteBuffer bytes) {
      return (float) bytes.getDouble();
    }
  },
  F32(4) {
    @Override
    float get(ByteBuffer bytes) {
      return bytes.getFloat();
    }
  },
  BF16(2) {
    @Override
    float get(ByteBuffer bytes) {
      return Float.intBitsToFloat(bytes.getShort() << 16);
    }
  },
  I64(8) {
    @Override
    float get(ByteBuffer bytes) {
      return bytes.getLong();
    }
  },
  I32(4) {
    @Override
    float get(ByteBuffer bytes) {
      return bytes.getInt();
    }
  };

  private final int size;

  SafetensorsType(int size) {
    this.size = size;
  }

  int size() {
    return size;
  }

  abstract float get(ByteBuffer bytes);

  float[] decode(ByteBuffer bytes) {
    float[] values = new float[bytes.remaining() / size];
    for (int i = 0; i < values.length; i++) {
      values[i] = get(bytes);
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
}
