using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using RadiogenomicsCloud.Cli.Demo;

namespace RadiogenomicsCloud.Cli.Tests.Hostile;

/// <summary>Images that name a patient, openly or in disguise: a case each, its files, and the code for which it must be kept out.</summary>
internal static class IdentifiedImages
{
    public const string Secret = "SECRETSON";
    public const string Clean = "clean";
    private const string Ct = "1.2.840.10008.5.1.4.1.1.2";
    private const string Directory = "1.2.840.10008.1.3.10";

    public static IReadOnlyDictionary<string, string?> Codes { get; } = new Dictionary<string, string?>
    {
        [Clean] = null,
        ["name"] = "deid.name",
        ["birth"] = "deid.date",
        ["burned"] = "deid.burned-in",
        ["undeclared"] = "deid.not-declared",
        ["private"] = "deid.private",
        ["nested"] = "deid.name",
        ["deep"] = "deid.unreadable",
        ["double"] = "deid.double",
        ["tail"] = "deid.unreadable",
        ["as-jpg"] = "deid.name",
        ["as-nifti"] = "deid.name",
        ["as-directory"] = "deid.not-declared",
        ["in-zip"] = "deid.name",
        ["zip-in-zip"] = "deid.packed",
        ["zip-as-dcm"] = "deid.packed",
        ["gzip"] = "deid.packed",
        ["gzip-as-nifti"] = "deid.packed",
        ["tar"] = "deid.packed",
        ["nifti-extension"] = "deid.nifti-extension",
        ["bomb"] = "zip.limit",
        ["entries"] = "zip.limit",
        ["directory-bomb"] = "zip.limit",
        ["escape"] = "zip.path",
        ["no-zip"] = "zip.damaged",
    };

    /// <summary>Files by path, of all cases.</summary>
    public static Dictionary<string, byte[]> Files()
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal)
        {
            ["imaging/clean/1.dcm"] = File(Slice("clean")),
            ["imaging/clean/2.nii.gz"] = Gzip(Nifti(0)),
            ["imaging/name/1.dcm"] = File(Slice("name", name: Secret + "^JANE")),
            ["imaging/birth/1.dcm"] = File(Slice("birth").Text(0x0010, 0x0030, "DA", "19480211")),
            ["imaging/burned/1.dcm"] = File(Slice("burned").Text(0x0028, 0x0301, "CS", "YES")),
            ["imaging/undeclared/1.dcm"] = File(new DicomWriter().Text(0x0008, 0x0016, "UI", Ct).Text(0x0008, 0x0060, "CS", "CT").Text(0x0010, 0x0010, "PN", "undeclared")),
            ["imaging/private/1.dcm"] = File(Slice("private").Text(0x0011, 0x0010, "LO", "V").Text(0x0011, 0x1001, "LO", Secret)),
            ["imaging/nested/1.dcm"] = File(Slice("nested").Sequence(0x0008, 0x1140, new DicomWriter().Text(0x0010, 0x0010, "PN", Secret))),
            ["imaging/deep/1.dcm"] = File(Slice("deep").Sequence(0x0008, 0x1140, Nested(40))),
            ["imaging/double/1.dcm"] = File(Slice("double", name: Secret).Text(0x0010, 0x0010, "PN", "double")),
            ["imaging/tail/1.dcm"] = [.. File(Slice("tail")), .. Encoding.ASCII.GetBytes(Secret + " JANE, 11 February 1948")],
            ["imaging/as-jpg/1.jpg"] = File(Slice("as-jpg", name: Secret)),
            ["imaging/as-nifti/1.nii"] = File(Slice("as-nifti", name: Secret)),
            // Says in its meta information that it is a DICOMDIR, and is an image to whoever reads it.
            ["imaging/as-directory/1.dcm"] = new DicomWriter().Text(0x0008, 0x0016, "UI", Ct).Text(0x0008, 0x0018, "UI", "1.2.3").Text(0x0008, 0x0060, "CS", "CT")
                .Text(0x0008, 0x0020, "DA", "20240211").Text(0x0028, 0x0301, "CS", "YES").SignedPixels([1, 2, 3, 4]).ToFile(Directory, "1.2.3"),
            ["imaging/in-zip.zip"] = Zip(("1.dcm", File(Slice("in-zip", name: Secret)))),
            ["imaging/zip-in-zip.zip"] = Zip(("inner.zip", Zip(("1.dcm", File(Slice("zip-in-zip", name: Secret)))))),
            ["imaging/zip-as-dcm/1.dcm"] = Zip(("1.dcm", File(Slice("zip-as-dcm", name: Secret)))),
            ["imaging/gzip/1.dcm.gz"] = Gzip(File(Slice("gzip", name: Secret))),
            ["imaging/gzip-as-nifti/1.nii.gz"] = Gzip(File(Slice("gzip-as-nifti", name: Secret))),
            ["imaging/tar/1.bin"] = Tar(File(Slice("tar", name: Secret))),
            ["imaging/nifti-extension/1.nii.gz"] = Gzip([.. Nifti(1)[..352], 32, 0, 0, 0, 2, 0, 0, 0, .. Encoding.ASCII.GetBytes(Secret.PadRight(24)), .. new byte[8]]),
            ["imaging/bomb.zip"] = Zip(("zeros", new byte[64 << 20])),
            ["imaging/entries.zip"] = Zip([.. Enumerable.Range(0, 20_001).Select(n => (n.ToString(CultureInfo.InvariantCulture), Array.Empty<byte>()))]),
            ["imaging/directory-bomb.zip"] = DirectoryOf(300_000),
            ["imaging/escape.zip"] = Zip(("../../../records/x", [1])),
            ["imaging/no-zip.zip"] = [.. "PK but no zip"u8],
        };
        return files;
    }

    /// <summary>Of nobody, unless a name is said: then that stands where the pseudonym should.</summary>
    private static DicomWriter Slice(string caseId, string? name = null)
    {
        var writer = new DicomWriter().Text(0x0008, 0x0016, "UI", Ct).Text(0x0008, 0x0018, "UI", DicomWriter.Uid(caseId)).Text(0x0008, 0x0060, "CS", "CT");
        return name is null
            ? writer.Nobody(caseId)
            : writer.Text(0x0010, 0x0010, "PN", name).Text(0x0010, 0x0020, "LO", caseId).Text(0x0012, 0x0062, "CS", "YES").Text(0x0012, 0x0063, "LO", "113100, 113105");
    }

    private static byte[] File(DicomWriter writer) => writer.ToFile(Ct, "1.2.3");

    private static DicomWriter Nested(int levels) =>
        levels == 0 ? new DicomWriter().Text(0x0010, 0x0010, "PN", Secret) : new DicomWriter().Sequence(0x0008, 0x1140, Nested(levels - 1));

    private static byte[] Nifti(byte extension)
    {
        var file = new byte[360];
        BinaryPrimitives.WriteInt32LittleEndian(file, 348);
        "n+1\0"u8.CopyTo(file.AsSpan(344));
        file[348] = extension;
        return file;
    }

    private static byte[] Gzip(byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(bytes);
        return packed.ToArray();
    }

    private static byte[] Tar(byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var tar = new System.Formats.Tar.TarWriter(packed, System.Formats.Tar.TarEntryFormat.Ustar))
            tar.WriteEntry(new System.Formats.Tar.UstarTarEntry(System.Formats.Tar.TarEntryType.RegularFile, "1.dcm") { DataStream = new MemoryStream(bytes) });
        return packed.ToArray();
    }

    private static byte[] Zip(params (string Name, byte[] Content)[] entries)
    {
        var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create))
        {
            foreach (var (name, content) in entries)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }
        }
        return packed.ToArray();
    }

    /// <summary>A directory of so many entries and nothing else: small, and large in the memory of whoever reads it whole.</summary>
    private static byte[] DirectoryOf(int entries)
    {
        var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, Encoding.ASCII, leaveOpen: true))
        {
            for (var n = 0; n < entries; n++)
            {
                writer.Write([.. "PK\u0001\u0002"u8, 20, 0, 20, 0, .. new byte[20], 7, 0, .. new byte[16]]);
                writer.Write(Encoding.ASCII.GetBytes(n.ToString("D7", CultureInfo.InvariantCulture)));
            }
            writer.Flush();
            var length = bytes.Length;
            writer.Write([.. "PK\u0006\u0006"u8]);
            writer.Write(44L);
            writer.Write([45, 0, 45, 0, .. new byte[8]]);
            writer.Write((long)entries);
            writer.Write((long)entries);
            writer.Write(length);
            writer.Write(0L);
            writer.Write([.. "PK\u0006\u0007"u8, .. new byte[4]]);
            writer.Write(length);
            writer.Write(1);
            writer.Write([.. "PK\u0005\u0006"u8, .. new byte[4], .. Enumerable.Repeat((byte)0xFF, 12), 0, 0]);
        }
        return bytes.ToArray();
    }
}
