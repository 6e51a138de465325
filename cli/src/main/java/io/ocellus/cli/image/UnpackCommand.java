package io.ocellus.cli.image;

import ai.djl.engine.Engine;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.rocksdb.util.Environment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code ocellus unpack}: what container images call once when they are built, so that their file
 * system can be read-only and no native library is in them twice.
 *
 * <p>PyTorch's libraries go where DJL looks for them ({@code DJL_CACHE_DIR}), RocksDB's, ONNX
 * Runtime's and Leptonica's into a folder for {@code java.library.path}; the jars that they came
 * in, which hold those of other platforms too, lose them where that is asked for.
 */
@Command(
    name = "unpack",
    hidden = true,
    description = {
      "Unpacks native libraries, for container images.",
      "PyTorch's go into DJL_CACHE_DIR, others into the folder."
    },
    footer = "  DJL_CACHE_DIR=/opt/ocellus/djl ocellus unpack --strip-jars /opt/ocellus/natives")
public final class UnpackCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR", description = "The folder.")
  private Path folder;

  @Option(names = "--strip-jars", description = "Take the libraries out of the jars.")
  private boolean stripJars;

  @Override
  public Integer call() throws IOException {
    Engine.getInstance();
    Files.createDirectories(folder);
    List<String> libraries = libraries(System.getProperty("os.arch"));
    for (String library : libraries) {
      try (InputStream content = resource(library).openStream()) {
        Files.copy(content, folder.resolve(Path.of(library).getFileName().toString()));
      }
    }
    if (stripJars) {
      Set<Path> jars = new LinkedHashSet<>(List.of(jarOf("native/lib/pytorch.properties")));
      for (String library : libraries) {
        jars.add(jarOf(library));
      }
      for (Path jar : jars) {
        removeLibraries(jar);
      }
    }
    return 0;
  }

  /** Where those of RocksDB, ONNX Runtime and Leptonica for Linux lie in their jars. */
  private static List<String> libraries(String architecture) {
    boolean intel = architecture.equals("amd64");
    String onnx = "ai/onnxruntime/native/linux-%s/lib".formatted(intel ? "x64" : architecture);
    String leptonica = "org/bytedeco/%s/linux-" + (intel ? "x86_64" : "arm64");
    return List.of(
        leptonica.formatted("javacpp") + "/libjnijavacpp.so",
        leptonica.formatted("leptonica") + "/libjnileptonica.so",
        leptonica.formatted("leptonica") + "/libleptonica.so.6",
        Environment.getJniLibraryFileName("rocksdb"),
        onnx + "onnxruntime.so",
        onnx + "onnxruntime4j_jni.so");
  }

  /** Deletes the native libraries of all platforms from a jar. */
  static void removeLibraries(Path jar) throws IOException {
    try (FileSystem zip = FileSystems.newFileSystem(jar);
        Stream<Path> entries = Files.walk(zip.getPath("/"))) {
      for (Path library : entries.filter(UnpackCommand::isLibrary).toList()) {
        Files.delete(library);
      }
    }
  }

  private static boolean isLibrary(Path entry) {
    return entry.toString().matches(".*\\.(so|so\\.\\d+|dylib|dylib\\.yml|jnilib|dll)");
  }

  private static Path jarOf(String resource) throws IOException {
    JarURLConnection connection = (JarURLConnection) resource(resource).openConnection();
    return Path.of(connection.getJarFileURL().getPath());
  }

  private static URL resource(String name) {
    URL resource = UnpackCommand.class.getClassLoader().getResource(name);
    if (resource == null) {
      throw new IllegalStateException("There is no %s in any jar".formatted(name));
    }
    return resource;
  }
}
