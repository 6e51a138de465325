package io.ocellus.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The versions of the build, of the Java that runs it, and of the engines. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() throws IOException {
    Properties build = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("build.properties")) {
      build.load(in);
    }
    return new String[] {
      "ocellus %s (commit %s)".formatted(build.getProperty("version"), build.getProperty("commit")),
      "Java %s, %s".formatted(Runtime.version(), System.getProperty("java.vm.vendor")),
      "PyTorch " + build.getProperty("pytorch"),
      "ONNX Runtime " + build.getProperty("onnxruntime")
    };
  }
}
