package dev.noren.config;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * The calls that {@link ConfigStore} makes on its folder, so that a test can record them and take
 * the power away between any two. What was written, renamed or deleted outlives a power cut for
 * sure only once the matching sync returned.
 */
interface FileLayer {
  /** Where the folder is, for people. */
  String place();

  /**
   * Makes the folder and those above it, where they are not, for our user alone.
   *
   * @throws IOException with a sentence, also where others may write to it
   */
  void makeFolder() throws IOException;

  /** Makes sure that the folder itself is found after a power cut. */
  void syncParents() throws IOException;

  /** Keeps other processes from changing the folder until it is closed. */
  Closeable lock() throws IOException;

  /**
   * The names of the files; none where there is no folder.
   *
   * @throws IOException with a sentence, also where others may write to the folder
   */
  List<String> list() throws IOException;

  byte[] read(String name) throws IOException;

  /** When the file was written last, milliseconds since 1970. */
  long modifiedMs(String name) throws IOException;

  /** Makes a file that our user alone can read, or empties the one that is there, and fills it. */
  void write(String name, byte[] content) throws IOException;

  /** Makes a file's content outlive a power cut. */
  void sync(String name) throws IOException;

  /** Gives a file another name, and replaces the one that has it. */
  void rename(String from, String to) throws IOException;

  void delete(String name) throws IOException;

  /** Makes what was made, renamed and deleted in the folder outlive a power cut. */
  void syncFolder() throws IOException;
}
