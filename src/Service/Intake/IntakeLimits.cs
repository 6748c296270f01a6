using RadiogenomicsCloud.Imaging.Archives;

namespace RadiogenomicsCloud.Service.Intake;

/// <summary>The most that one cohort may be. Set by the host of the service, never by who uploads. All at least 1.</summary>
/// <param name="Archives">Of every zip archive of images; null takes the usual ones. A study file may ask for less and never gets more.</param>
/// <param name="ManifestBytes">128 MiB hold the lines of half a million files.</param>
/// <param name="Files">Of the cohort, ignored ones included. 100,000 cases fit if the images of each are one zip archive.</param>
/// <param name="Bytes">Of all files together; 10 TiB.</param>
/// <param name="FileBytes">Of one file; 64 GiB.</param>
/// <param name="FilesPerCase">Of one case; more slices than that are many tiny files, not images.</param>
public sealed record IntakeLimits(
    ArchiveLimits? Archives = null,
    int ManifestBytes = 128 << 20,
    int Files = 500_000,
    long Bytes = 10L << 40,
    long FileBytes = 64L << 30,
    int FilesPerCase = 20_000,
    int Cases = 100_000);
