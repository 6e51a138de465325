package io.ocellus.cli.demo;

import java.util.Map;

/**
 * How the demo is played.
 *
 * @param images of the stream, broken ones included
 * @param brokenEvery one of so many images is broken
 * @param pace of the stream
 * @param port of the broker; 0 takes a free one
 * @param trainer settings of the trainer
 * @param inferencer settings of the inferencer
 */
record DemoSettings(
    int images,
    int brokenEvery,
    Pace pace,
    int port,
    Map<String, String> trainer,
    Map<String, String> inferencer) {}
