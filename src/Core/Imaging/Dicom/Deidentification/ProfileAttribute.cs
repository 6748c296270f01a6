namespace RadiogenomicsCloud.Imaging.Dicom.Deidentification;

/// <summary>What the profile does with an attribute that may say who a patient is; the first of several actions that the standard allows.</summary>
internal enum ProfileAction
{
    /// <summary>X: removed.</summary>
    Remove,

    /// <summary>Z: emptied, or replaced by a dummy.</summary>
    Empty,

    /// <summary>D: replaced by a dummy.</summary>
    Replace,
}

/// <summary>One line of the profile.</summary>
/// <param name="Keyword">As in PS3.6.</param>
/// <param name="KeptBy">Options of which one permits a value to stay; none if nothing does.</param>
internal sealed record ProfileAttribute(string Keyword, string Vr, ProfileAction Action, IReadOnlyList<int> KeptBy);
