/** Files and folders of this machine: hashes, and deleting what is no longer needed. */
package io.ocellus.file;
