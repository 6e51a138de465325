package io.ocellus.inferencer;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.Options;

/**
 * RocksDB for a store of a few dozen slots that is written and never read: no more than two small
 * write buffers, where the defaults keep three of 16 MiB for each task.
 */
public final class SmallRocksDb implements RocksDBConfigSetter {
  private static final int WRITE_BUFFERS = 2;
  private static final long WRITE_BUFFER_BYTES = 4L * 1024 * 1024;

  @Override
  public void setConfig(String store, Options options, Map<String, Object> configs) {
    options.setMaxWriteBufferNumber(WRITE_BUFFERS);
    options.setWriteBufferSize(WRITE_BUFFER_BYTES);
  }

  @Override
  public void close(String store, Options options) {}
}
