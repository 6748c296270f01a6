namespace RadiogenomicsCloud.Pipeline.Steps;

/// <summary>A case that has images.</summary>
/// <param name="ImagingId">Its folder or archive below <c>imaging/</c>: the case id unless an id map says otherwise.</param>
/// <param name="Content">See <see cref="CohortSnapshot.ContentOf"/>.</param>
public sealed record CaseImages(string CaseId, string ImagingId, string Content);

/// <summary>All parts of a run.</summary>
public sealed record PartList(IReadOnlyList<CasePart> Parts);

/// <summary>Consecutive cases: so few that what is said of them, and of what became of their images, fits into a payload.</summary>
public sealed record CasePart(IReadOnlyList<CaseImages> Cases);

/// <summary>What became of one image of one case: either artifacts or a failure.</summary>
public sealed record ImageResult(string CaseId, string Image, ExtractOutput? Output, Failure? Failure);

/// <summary>What became of many images.</summary>
public sealed record ImageResults(IReadOnlyList<ImageResult> Results);
