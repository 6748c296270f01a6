using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Imaging.Archives;
using RadiogenomicsCloud.Imaging.Dicom;
using RadiogenomicsCloud.Imaging.Dicom.Deidentification;
using RadiogenomicsCloud.Pipeline;

namespace RadiogenomicsCloud.Service.Intake;

/// <summary>Checks the files of one unit, each read from its start to its end; only an archive is read twice, for its hash and for its entries.</summary>
/// <param name="caseId">Null for files that belong to no case: they are hashed, must not be DICOM, and are not looked into.</param>
internal sealed class FileCheck(string? caseId, ArchiveLimits limits, bool requireDeidentified, CaseFindings findings)
{
    /// <param name="stream">Seekable, at its start.</param>
    /// <returns>SHA-256 of the content.</returns>
    public string Read(ListedFile file, Stream stream, CancellationToken cancel)
    {
        var shown = CohortPath.Shown(file.Path);
        var isArchive = caseId is not null && file.Path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);
        using var hashing = new HashingStream(stream);
        if (caseId is not null && requireDeidentified && !isArchive)
            Look(new(shown, file.Length, () => hashing), hashing, shown);
        else if (caseId is null && requireDeidentified && DicomFile.LooksLikeDicom(hashing.Peek(FileKinds.HeadBytes)))
            findings.Add(new("deid.outside", "A DICOM file lies outside the folders of the cases, where nobody looks whether it names the patient; put it into its case, or leave it out.", shown), forbids: true);
        var hash = hashing.Finish(cancel);
        if (hashing.Count != file.Length)
            throw CohortFile.Changed(file.Path);
        if (file.Sha256 is { } promised && promised != hash)
            findings.Add(IntakeErrors.WrongHash(file.Path), forbids: true);
        else if (isArchive)
            Unpack(shown, stream, cancel);
        return hash;
    }

    private void Unpack(string shown, Stream stream, CancellationToken cancel)
    {
        stream.Position = 0;
        try
        {
            using var archive = ZipImageFiles.Open(stream, shown, limits);
            foreach (var entry in archive.Files)
            {
                cancel.ThrowIfCancellationRequested();
                using var content = entry.Open();
                using var hashing = new HashingStream(content);
                if (requireDeidentified)
                    Look(new(entry.Name, entry.Length, () => hashing), hashing, CohortPath.Shown($"{shown}/{entry.Name}"));
                hashing.Finish(cancel); // To the end, where the archive's own checksum is compared.
            }
        }
        catch (BadInputException damage) when (damage.Code.StartsWith("zip.", StringComparison.Ordinal))
        {
            findings.Add(new(damage.Code, damage.Message, shown), forbids: true);
        }
    }

    private void Look(ImageFile file, HashingStream content, string shown)
    {
        var head = content.Peek(FileKinds.HeadBytes);
        var (dicom, problem) = DicomFile.Probe(file, PixelReading.Skip);
        if (problem is { Code: var code } && code.StartsWith("zip.", StringComparison.Ordinal))
            throw problem;
        if (problem is not null)
        {
            // What the reader says may quote the file.
            findings.Add(new("deid.unreadable", "A DICOM file cannot be read to its end, so that nobody can say whether it names the patient; copy or export it again.", shown), forbids: true);
            return;
        }
        if (dicom is null)
        {
            LookAtOther(file.Name, head, shown);
            return;
        }
        try
        {
            foreach (var finding in DeidentificationGate.Check(dicom, caseId!))
                findings.Add(new(finding.Code, finding.Message, shown), finding.Forbids);
        }
        catch (BadInputException)
        {
            findings.Add(new("deid.unreadable", "A DICOM file has sequences that cannot be read, so that nobody can say whether it names the patient; export it again.", shown), forbids: true);
        }
    }

    private void LookAtOther(string name, byte[] head, string shown)
    {
        if (NiftiHead.Of(name, head) is { } nifti)
        {
            if (nifti.HasExtension)
                findings.Add(new("deid.nifti-extension", "A NIfTI file has a header extension, which may hold a whole DICOM header; write the file again without it.", shown), forbids: true);
            if (nifti.HasText)
                findings.Add(new("deid.nifti-text", "The header of a NIfTI file has a description or names; make sure that they say nothing of the patient.", shown), forbids: false);
        }
        else if (FileKinds.IsPacked(head))
        {
            findings.Add(new("deid.packed", "A file inside a case is an archive or compressed, so that nobody can say whether it names the patient; unpack it, or pack the whole case as one zip archive.", shown), forbids: true);
        }
        else
        {
            findings.Add(new("intake.not-an-image", "A file is neither DICOM nor NIfTI; it was not looked into and is not analysed.", shown), forbids: false);
        }
    }
}
